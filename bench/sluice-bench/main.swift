// Measures the stages on generated logs: see bench/README.md.

import ArgumentParser

BenchCommand.main()
