/// Writes values one behind the other into an image, or reads them back: one list of what is coded serves both ways, so that they cannot
/// differ.
///
/// Pools are not copied when they are read: they lie in the image, which is constant data of the executable. What lies there has the
/// layout that the compiler gave it in the executable that wrote it; `script/embed-formats` writes an image only into executables of the
/// same build, and the strides of all elements are compared.
@safe
struct ImageCoder: ~Copyable {
  /// What was written.
  private(set) var output: [UInt8] = []
  /// nil while writing.
  private let image: UnsafeRawBufferPointer?
  private var place = 0
  /// Everything that was read was there, and of the size that was expected.
  private(set) var isSound = true

  private static let alignment = 16

  /// Writes.
  init() {
    unsafe image = nil
  }

  /// Reads. Requires memory that is aligned to 16 bytes and never changes or goes away.
  init(reading image: UnsafeRawBufferPointer) {
    unsafe self.image = image
  }

  mutating func code<Element>(_ pool: inout Pool<Element>) {
    var count = pool.count
    var stride = MemoryLayout<Element>.stride
    code(&count)
    code(&stride)
    align()
    guard let image = unsafe image else {
      output += pool.rawBytes
      return
    }
    let end = count >= 0 && stride > 0 && count <= image.count / stride ? place + count * stride : Int.max
    guard stride == MemoryLayout<Element>.stride, end <= image.count else {
      isSound = false
      pool = Pool()
      return
    }
    pool = unsafe Pool(UnsafeRawBufferPointer(rebasing: image[place..<end]))
    place = end
  }

  mutating func code(_ number: inout Int) {
    guard let image = unsafe image else {
      var word = UInt64(bitPattern: Int64(number)).littleEndian
      unsafe withUnsafeBytes(of: &word) { output += unsafe Array($0) }
      return
    }
    guard isSound, place + 8 <= image.count else {
      isSound = false
      number = 0
      return
    }
    number = unsafe Int(Int64(littleEndian: image.loadUnaligned(fromByteOffset: place, as: Int64.self)))
    place += 8
  }

  mutating func code(_ bytes: inout [UInt8]) {
    var count = bytes.count
    code(&count)
    guard let image = unsafe image else {
      output += bytes
      return
    }
    guard isSound, count >= 0, count <= image.count - place else {
      isSound = false
      return
    }
    bytes = unsafe Array(image[place..<place + count])
    place += count
  }

  mutating func code(_ text: inout String) {
    var bytes = Array(text.utf8)
    code(&bytes)
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// A list; while reading, `list` is filled with copies of `blank`, of which each is coded.
  mutating func code<Element>(_ list: inout [Element], blank: Element, _ codeElement: (inout Element, inout ImageCoder) -> Void) {
    var count = list.count
    code(&count)
    if unsafe image != nil {
      list = []
      while isSound, list.count < count {
        list.append(blank)
        codeElement(&list[list.count - 1], &self)
      }
    } else {
      for index in list.indices { codeElement(&list[index], &self) }
    }
  }

  mutating func code(_ texts: inout [String]) {
    code(&texts, blank: "") { text, coder in coder.code(&text) }
  }

  private mutating func align() {
    if unsafe image == nil {
      while output.count % Self.alignment != 0 { output.append(0) }
    } else {
      place = (place + Self.alignment - 1) / Self.alignment * Self.alignment
    }
  }
}
