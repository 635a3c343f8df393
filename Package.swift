// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func systemLibrary(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["LabTesting"], resources: resources, swiftSettings: strict)
}

// What builds the reference: Scripts/docs asks for it, and nothing else fetches it.
let reference: [Package.Dependency] =
  Context.environment["VERBATIM_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

let package = Package(
  name: "verbatim",
  products: [
    .library(
      name: "Verbatim",
      targets: [
        "Verbatim", "Kernels", "Statistics", "Diffusion", "Distributions", "Denoisers", "Training", "Sampling",
        "Memorization", "Neighbors", "HardEM", "WeightFit", "Theory", "Files", "Pictures", "Experiments", "Prediction",
        "RunStore", "Audit", "Figures", "Reports",
      ]),
    .library(name: "Yardstick", targets: ["Yardstick"]),
    // The readers alone: what Fuzz/ builds with a fuzzer's instrumentation.
    .library(name: "Pictures", targets: ["Pictures"]),
    .executable(name: "verbatim", targets: ["CommandLineTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.0.0"),
  ] + reference,
  targets: [
    // System libraries and C kernels
    systemLibrary("CZlib", "zlib", "zlib1g-dev"),
    systemLibrary("CZip", "libzip", "libzip-dev"),
    systemLibrary("CPNG", "libpng", "libpng-dev"),
    systemLibrary("CTurboJPEG", "libturbojpeg", "libturbojpeg0-dev"),
    systemLibrary("CZimg", "zimg", "libzimg-dev"),
    systemLibrary("CCrypto", "libcrypto", "libssl-dev"),
    .target(name: "CKernels"),
    // Signals, child processes, faults of mapped files: what a handler does must be C.
    .target(name: "CProcess"),

    // The mathematics, leaf to root
    library("Kernels", ["CKernels"]),
    library("Statistics", ["Kernels"]),
    library("Diffusion", ["Kernels"]),
    library("Distributions", ["Kernels"]),
    library("Denoisers", ["Kernels", "CKernels", "Statistics", "Diffusion", "Distributions"]),
    library("Training", ["Kernels", "CKernels", "Diffusion", "Distributions", "Denoisers"]),
    library("Sampling", ["Kernels", "Diffusion"]),
    library("Memorization", ["Kernels", "CKernels", "Statistics", "Diffusion"]),
    library("Neighbors", ["Kernels", "CKernels", "CProcess", "Files"]),
    library("HardEM", ["Kernels", "CKernels", "Statistics", "Distributions", "Denoisers", "Memorization"]),
    library("WeightFit", ["Kernels", "Statistics"]),
    library("Theory", ["Kernels", "Statistics", "Diffusion"]),

    // Files, and files of pictures
    library("Files", ["Kernels", "CCrypto"]),
    library("Pictures", ["Kernels", "Files", "CProcess", "CZlib", "CZip", "CPNG", "CTurboJPEG", "CZimg"]),

    // The library that our kernels are measured against, by `verbatim doctor` and Benchmarks/
    library("Yardstick", ["Kernels"]),

    // From a study to a report
    library(
      "Experiments",
      [
        "Pictures", "Kernels", "Statistics", "Diffusion", "Distributions", "Denoisers", "Training", "Sampling",
        "Memorization", "Files", .product(name: "Yams", package: "Yams"),
      ]),
    library(
      "Prediction",
      [
        "Kernels", "Statistics", "Diffusion", "Distributions", "Denoisers", "Training", "Memorization", "HardEM",
        "Theory", "Experiments", "Pictures",
      ]),
    library(
      "RunStore",
      [
        "Files", "Kernels", "Statistics", "Denoisers", "Diffusion", "Training", "Memorization", "Pictures",
        "Experiments",
      ]),
    library("Audit", ["Files", "Kernels", "Statistics", "Neighbors", "Pictures"]),
    library("Figures", ["Files", "CProcess"]),
    library(
      "Reports",
      [
        "Files", "Kernels", "Statistics", "Denoisers", "Diffusion", "Distributions", "Training", "Memorization",
        "Pictures", "Experiments", "RunStore", "Figures", "WeightFit", "Theory", "Prediction", "Audit",
      ]),
    // What a program imports: every verb as a request and its outcome. The folder of the executable has another name,
    // for there are file systems on which verbatim and Verbatim are one.
    library(
      "Verbatim",
      [
        "Files", "Kernels", "Statistics", "Diffusion", "Distributions", "Denoisers", "Training", "Sampling",
        "Memorization", "Neighbors", "HardEM", "WeightFit", "Theory", "Pictures", "Experiments", "Prediction",
        "RunStore", "Audit", "Figures", "Reports",
      ]),
    .executableTarget(
      name: "CommandLineTool",
      dependencies: [
        "Verbatim", "Distributions", "Files", "CProcess", "Yardstick",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests
    library("LabTesting", ["Kernels", "Diffusion"]),
    tests("FilesTests", ["Files"]),
    tests("KernelsTests", ["Kernels", "CKernels"]),
    tests("StatisticsTests", ["Statistics", "Kernels"]),
    tests("DiffusionTests", ["Diffusion"]),
    tests(
      "DenoisersTests",
      [
        "Denoisers", "Distributions", "Diffusion", .product(name: "ComplexModule", package: "swift-numerics"),
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    tests("TrainingTests", ["Training", "Denoisers", "Distributions", "Diffusion"]),
    tests("SamplingTests", ["Sampling", "Denoisers", "Distributions", "Diffusion"]),
    tests("MemorizationTests", ["Memorization", "Statistics", "Denoisers"]),
    tests("NeighborsTests", ["Neighbors", "Kernels", "CKernels"]),
    tests(
      "HardEMTests",
      [
        "HardEM", "Kernels", "Statistics", "Denoisers", "Distributions", "Memorization", "Training", "Experiments",
        "CKernels",
      ]),
    tests("WeightFitTests", ["WeightFit"]),
    tests("TheoryTests", ["Theory", "Statistics", "Denoisers", "Distributions", "Memorization"]),
    tests(
      "PredictionTests",
      [
        "Prediction", "Statistics", "Theory", "HardEM", "Experiments", "Memorization", "Training", "Kernels",
        "Pictures", "Denoisers", "Distributions", "Diffusion",
      ]),
    tests(
      "ExperimentsTests",
      [
        "Experiments", "Files", "RunStore", "Kernels", "Statistics", "Diffusion", "Distributions", "Denoisers",
        "Training", "Memorization", "Figures", "Reports",
      ]),
    tests("ReportsTests", ["Figures", "Reports", "Statistics", "WeightFit", "Pictures"]),
    tests(
      "PicturesTests", ["Pictures", "Kernels", "CZlib", "CZip", "CPNG", "CTurboJPEG"], resources: [.copy("Golden")]),
    tests(
      "GoldenTests",
      [
        "Kernels", "Statistics", "Diffusion", "Distributions", "Denoisers", "Training", "Sampling", "Memorization",
        "Theory",
      ],
      resources: [.copy("Golden")]),
    tests("AuditTests", ["Audit", "Statistics", "Figures", "Files", "Kernels", "Neighbors", "Pictures", "Reports"]),
    tests("VerbatimTests", ["Verbatim"]),
    tests(
      "EndToEndTests",
      [
        "Experiments", "Files", "RunStore", "Kernels", "Statistics", "Denoisers", "Memorization", "Audit", "Neighbors",
        "Pictures", "CommandLineTool",
      ],
      resources: [.copy("UnmovedNumbers.txt"), .copy("Folder-0.1")]),
    // Hostile: kills, full disks, limits, damaged files, random command lines. Scripts/torture runs it for long.
    tests("TortureTests", ["Kernels", "CommandLineTool"]),
  ]
)
