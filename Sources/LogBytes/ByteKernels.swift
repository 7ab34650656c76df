internal import CByteKernels

/// The implementations of the kernels in this build, for tests and fuzzing: each must answer as the scalar one does.
package enum ByteKernels {
  /// The index and name of each implementation that this processor runs; index 0 is the scalar reference.
  package static var available: [(index: Int, name: String)] {
    (0..<Int(sluice_implementation_count())).compactMap { index in
      // A name is a literal of the C code: it lives for ever.
      guard let name = unsafe sluice_implementation_name(Int32(index)) else { return nil }
      return unsafe (index, String(cString: name))
    }
  }

  /// The index of the implementation in use: the fastest one unless `select` was called.
  package static var selected: Int {
    Int(sluice_selected_implementation())
  }

  /// Makes the whole process use an implementation; false, and no change, if the processor cannot run it.
  @discardableResult
  package static func select(_ index: Int) -> Bool {
    sluice_select_implementation(Int32(index))
  }
}
