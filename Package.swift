// swift-tools-version: 6.3
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  // Exclusive access to memory is proved at compile time for nearly everything here; what is left are properties of classes, where each
  // access in an inner loop cost two calls. Debug builds, in which tests and fuzz targets run, check them.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]
let cSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// The function must start on any Linux: nothing is linked dynamically, glibc included. Release only, so that tests link as usual.
let fullyStatic: [LinkerSetting] = [
  .unsafeFlags(["-static-executable"], .when(platforms: [.linux], configuration: .release))
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func cModule(_ name: String) -> Target {
  .target(name: name, cSettings: cSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: swiftSettings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")

let package = Package(
  name: "sluice",
  products: [
    .executable(name: "sluice", targets: ["sluice"]),
    .executable(name: "sluice-lambda", targets: ["sluice-lambda"]),
    .executable(name: "sluice-bench", targets: ["sluice-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  ],
  targets: [
    // System libraries: each a module map and a header that includes the library's.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

    // C of our own.
    cModule("CByteKernels"),
    cModule("CFormatFiles"),
    .target(name: "CZoneFile", exclude: ["zones.bin"], cSettings: cSettings),
    cModule("CStartup"),

    // The engine, from the bytes upwards: each module knows only those before it (docs/architecture.md).
    module("LogBytes", ["CByteKernels"]),
    module("LogJSON", ["LogBytes"]),
    module("LogEntries", ["LogBytes"]),
    module("LogCodecs", ["LogBytes", "CZlib", "CDeflate", "CLZ4"]),
    module("LogFormats", ["LogEntries", "LogJSON", "LogBytes", "CYAML", "CFormatFiles", "CZoneFile"]),
    module("LogOutput", ["LogEntries", "LogJSON", "LogBytes"]),
    module("LogPipeline", ["LogFormats", "LogOutput", "LogCodecs", "LogEntries", "LogJSON", "LogBytes"]),
    module("FirehoseTransformation", ["LogPipeline", "LogJSON", "LogBytes"]),
    module("LambdaRuntimeClient", [logging, nioCore, nioPosix, nioHTTP1]),

    // The faces.
    .executableTarget(
      name: "sluice",
      dependencies: [
        "FirehoseTransformation", "LogPipeline", "LogFormats", "LogOutput", "LogCodecs", "LogEntries", "LogJSON", "LogBytes",
        argumentParser,
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "sluice-lambda",
      dependencies: ["FirehoseTransformation", "LambdaRuntimeClient", "LogPipeline", "LogFormats", "LogOutput", "LogBytes", "CStartup"],
      swiftSettings: swiftSettings,
      linkerSettings: fullyStatic),
    .executableTarget(
      name: "sluice-bench",
      dependencies: [
        "FirehoseTransformation", "LogPipeline", "LogFormats", "LogOutput", "LogCodecs", "LogEntries", "LogJSON", "LogBytes", "CDeflate",
        "TestSupport", argumentParser,
      ],
      path: "bench/sluice-bench",
      swiftSettings: swiftSettings),

    // Tests.
    .target(name: "TestSupport", dependencies: ["LogBytes"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
    .target(
      name: "FormatTestSupport", dependencies: ["TestSupport", "LogFormats", "LogEntries", "LogBytes"], path: "Tests/FormatTestSupport",
      swiftSettings: swiftSettings),
    tests("LogBytesTests", ["LogBytes"]),
    tests("LogJSONTests", ["LogJSON", "LogBytes"]),
    tests("LogEntriesTests", ["LogEntries", "LogBytes"]),
    tests("LogCodecsTests", ["LogCodecs", "LogBytes", "CZlib", "CDeflate", "CLZ4"]),
    tests("LogFormatsTests", ["FormatTestSupport", "LogFormats", "LogEntries", "LogJSON", "LogBytes"]),
    tests("LogOutputTests", ["LogOutput", "LogEntries", "LogJSON", "LogBytes"]),
    tests("LogPipelineTests", ["LogPipeline", "LogFormats", "LogOutput", "LogCodecs", "LogEntries", "LogJSON", "LogBytes"]),
    tests("FirehoseTransformationTests", ["FirehoseTransformation", "LogPipeline", "LogFormats", "LogCodecs", "LogJSON", "LogBytes"]),
    tests("LambdaRuntimeClientTests", ["LambdaRuntimeClient", logging, nioCore, nioEmbedded, nioPosix, nioHTTP1]),
    tests("SluiceTests", ["LogBytes"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)

/// Fuzz targets (script/fuzz), only for those who ask: they link libFuzzer.
if Context.environment["SLUICE_FUZZ"] != nil {
  func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
      name: "fuzz-\(name)", dependencies: dependencies + ["Fuzzing"], path: "fuzz/\(name)", swiftSettings: swiftSettings)
  }
  package.targets += [
    .target(name: "CFuzzing", path: "fuzz/CFuzzing", cSettings: cSettings),
    .target(name: "Fuzzing", dependencies: ["CFuzzing"], path: "fuzz/Fuzzing", swiftSettings: swiftSettings),
    fuzz("matcher", ["FormatTestSupport", "LogFormats"]),
    fuzz("pipeline", ["LogPipeline", "LogFormats", "LogOutput", "LogJSON", "LogBytes"]),
    fuzz("event", ["FirehoseTransformation", "LogPipeline", "LogFormats", "LogJSON", "LogBytes"]),
    fuzz("json", ["LogJSON", "LogBytes"]),
    fuzz("codecs", ["LogCodecs", "LogBytes"]),
    fuzz("formats", ["LogFormats", "LogBytes"]),
    .executableTarget(name: "fuzz-pairs", dependencies: ["FormatTestSupport"], path: "fuzz/pairs", swiftSettings: swiftSettings),
  ]
}
