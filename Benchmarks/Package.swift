// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "verbatim-benchmarks",
  dependencies: [.package(name: "verbatim", path: "..")],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "Verbatim", package: "verbatim"), .product(name: "Yardstick", package: "verbatim"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
