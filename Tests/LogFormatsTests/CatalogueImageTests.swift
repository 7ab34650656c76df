import TestSupport
import Testing

@testable import LogEntries
@testable import LogFormats

/// The image of a compiled catalogue: what it is read back to is what was written.
struct CatalogueImageTests {
  /// Memory that never goes away, as an image needs it.
  private static func kept(_ image: [UInt8]) -> UnsafeRawBufferPointer {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: image.count, alignment: 64)
    unsafe memory.copyBytes(from: image)
    return UnsafeRawBufferPointer(memory)
  }

  @Test func `what is read back gives the same image, names and details`() throws {
    let compiled = try CompiledCatalog(FormatCatalog.readEmbedded())
    let image = compiled.image()
    let read = CompiledCatalog(try #require(unsafe CatalogPools(image: Self.kept(image))))
    #expect(read.image() == image)
    #expect(read.formatNames == FormatCatalog.embeddedNames)
    #expect(read.names == compiled.names)
    #expect(read.observers == compiled.observers && read.colouredObservers == compiled.colouredObservers)
    for format in 0..<compiled.formats.count {
      #expect(String(describing: read.formats[format]) == String(describing: compiled.formats[format]))
      #expect(String(describing: read.details[format]) == String(describing: compiled.details[format]))
    }
    for pattern in 0..<compiled.patterns.count {
      #expect(String(describing: read.patterns[pattern]) == String(describing: compiled.patterns[pattern]))
    }
  }

  @Test func `what is no image of this build is refused`() throws {
    let image = try CompiledCatalog(FormatCatalog.readEmbedded(["json", "cri"])).image()
    for count in [0, 1, 8, 16, 17, image.count / 2, image.count - 1] {
      let isRead = unsafe CatalogPools(image: Self.kept(Array(image.prefix(count)))) != nil
      #expect(!isRead, "\(count) of \(image.count) bytes")
    }
    // The stride of the first pool's elements.
    var other = image
    other[8] += 1
    let isRead = unsafe CatalogPools(image: Self.kept(other)) != nil
    #expect(!isRead)
  }

  @Test func `tests run on the files`() {
    #expect(FormatCatalog.compiled() == nil, "only finished executables hold an image")
  }
}
