import LogBytes
import TestSupport
import Testing

@Test func smoke() {
  #expect(bytes(written { $0.appendJSONEscaped(bytes("a\"b\\c\n\u{1b}é").span) }.span) == bytes("a\\\"b\\\\c\\n\\u001bé"))
  let t = bytes("hello world, this is a longer line with a | in it")
  #expect(firstIndex(of: 0x7c, in: t.span, from: 0) == t.firstIndex(of: 0x7c))
  #expect(written { _ = Base64.decode(bytes("aGVsbG8=").span, into: &$0) } == bytes("hello"))
  #expect(written { Base64.encode(bytes("hello").span, into: &$0) } == bytes("aGVsbG8="))
  #expect(scanIPAddress(bytes("::ffff:192.0.2.1 x").span, from: 0) == 16)
  var maps = ChunkBitmaps()
  maps.classify(t.span)
  #expect(nextBit(class: 1, in: maps.words, from: 0, limit: t.count) == 5)
  #expect(ByteKernels.available.map(\.name) == ["scalar", "SSE2", "AVX2"])
  #expect(ByteKernels.selected == 2)
  #expect(parseDouble(bytes("-1.5e3").span) == -1500)
}
