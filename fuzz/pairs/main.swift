import FormatTestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// script/pairs: COUNT pairs of SEED. Status 1 if a pair differs.
let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
guard numbers.count == 2 else { fatalError("COUNT SEED") }
let comparison = PairComparison(pairs: Int(numbers[0]), seed: numbers[1])
for difference in comparison.differences.prefix(5) { print("\(difference)\n") }
for refused in comparison.refused.prefix(5) { print("refused before it is matched: \(refused)\n") }
print(
  "seed \(numbers[1]): \(comparison.pairs) pairs, \(comparison.matched) of them match, \(comparison.differences.count) differences, \(comparison.refused.count) refused"
)
if !comparison.refused.isEmpty || !comparison.differences.isEmpty || comparison.matched <= comparison.pairs / 4 { exit(1) }
