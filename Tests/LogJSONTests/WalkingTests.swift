import LogBytes
import LogJSON
import TestSupport
import Testing

/// Walks over members and elements.
struct WalkingTests {
  /// Keys and values of an object, and where it ends; nil if it is none.
  private func members(_ text: [UInt8], from start: Int = 0) -> (pairs: [String], end: Int)? {
    var walk = JSONMembers(object: start)
    var pairs: [String] = []
    var end = -1
    while true {
      switch walk.next(in: text.span, after: end) {
      case .value:
        end = JSONScanning.scanValue(text.span, from: walk.value)
        let value = end < 0 ? "?" : String(decoding: text[walk.value..<end], as: UTF8.self)
        pairs.append("\(String(decoding: text[walk.key], as: UTF8.self))\(walk.keyHasEscapes ? "!" : "")=\(value)")
      case .ended: return (pairs, walk.end)
      case .malformed: return nil
      }
    }
  }

  private func elements(_ text: [UInt8], from start: Int = 0) -> (values: [String], end: Int)? {
    var walk = JSONElements(array: start)
    var values: [String] = []
    var end = -1
    while true {
      switch walk.next(in: text.span, after: end) {
      case .value:
        end = JSONScanning.scanValue(text.span, from: walk.value)
        values.append(end < 0 ? "?" : String(decoding: text[walk.value..<end], as: UTF8.self))
      case .ended: return (values, walk.end)
      case .malformed: return nil
      }
    }
  }

  @Test(arguments: [
    ("{}", []), ("{ \n}", []), (#"{"a":1}"#, ["a=1"]), (#"{ "a" : 1 , "b" : [ 2 ] }"#, ["a=1", "b=[ 2 ]"]),
    (#"{"a":{"b":{}},"":"","\u0061":null,"a":0}"#, [#"a={"b":{}}"#, #"="""#, #"\u0061!=null"#, "a=0"]),
  ])
  func `members come in their order`(text: String, pairs: [String]) throws {
    let found = try #require(members(bytes(text)))
    #expect(found.pairs == pairs)
    #expect(found.end == text.utf8.count)
    // Inside of other text.
    let inside = try #require(members(bytes("xx\(text)yy"), from: 2))
    #expect(inside.pairs == pairs)
    #expect(inside.end == text.utf8.count + 2)
  }

  @Test(arguments: [("[]", []), ("[ ]", []), ("[1]", ["1"]), (#"[ 1 , "a" , [ ] , {} ]"#, ["1", #""a""#, "[ ]", "{}"])])
  func `elements come in their order`(text: String, values: [String]) throws {
    let found = try #require(elements(bytes(text)))
    #expect(found.values == values)
    #expect(found.end == text.utf8.count)
    let inside = try #require(elements(bytes("xx\(text)yy"), from: 2))
    #expect(inside.values == values)
    #expect(inside.end == text.utf8.count + 2)
  }

  @Test(arguments: [
    "", "[", "{", "{,}", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{"a":1;"b":2}"#, "{1:2}",
    #"{"a\x":1}"#, #"{"a":}"#,
    #"{"a":tru}"#, "[]", "null",
  ])
  func `what is no object is malformed`(text: String) {
    #expect(members(bytes(text)) == nil)
  }

  @Test(arguments: ["", "[", "{", "[,]", "[1", "[1,", "[1,]", "[1 2]", "[1;2]", "[tru]", "{}", "null", "[1}"])
  func `what is no array is malformed`(text: String) {
    #expect(elements(bytes(text)) == nil)
  }

  @Test func `a cut at any byte is malformed`() {
    let object = bytes(#"{ "a" : [ 1 , 2 ] , "b\n" : { "c" : "d" } , "e" : -1.5 }"#)
    for end in 0..<object.count { #expect(members(Array(object[..<end])) == nil, "cut to \(end) bytes") }
    let array = bytes(#"[ "a" , { "b" : 1 } , [ 2 ] , false ]"#)
    for end in 0..<array.count { #expect(elements(Array(array[..<end])) == nil, "cut to \(end) bytes") }
  }

  @Test func `starts outside of the text are malformed`() {
    for start in [-1, 2, 3, 100] {
      #expect(members(bytes("{}"), from: start) == nil)
      #expect(elements(bytes("[]"), from: start) == nil)
    }
  }
}
