// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "verbatim-fuzz",
  dependencies: [.package(name: "verbatim", path: "..")],
  targets: [
    .executableTarget(
      name: "FuzzPictures",
      dependencies: [.product(name: "Pictures", package: "verbatim")],
      // libFuzzer brings the main function.
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])])
  ]
)
