// swift-tools-version: 6.2
import PackageDescription

// libFuzzer brings the main function.
let library: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])]

let package = Package(
  name: "verbatim-fuzz",
  dependencies: [
    .package(name: "verbatim", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
  ],
  targets: [
    .executableTarget(
      name: "FuzzPictures",
      dependencies: [.product(name: "Pictures", package: "verbatim")],
      swiftSettings: library),
    // Holds the program's own sources, by a link: what reads arguments is in no library.
    .executableTarget(
      name: "FuzzProgram",
      dependencies: [
        .product(name: "Verbatim", package: "verbatim"), .product(name: "Yardstick", package: "verbatim"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: library + [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        // The program's main gives way to libFuzzer's.
        .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "verbatim_main"]),
      ]),
  ]
)
