// SPDX-License-Identifier: MIT
import Files
import Testing

struct PrintableTextTests {
  @Test(
    "names are one line, whatever their bytes",
    arguments: [
      (Array("plain é 日本 👩‍👩".utf8).filter { $0 != 0 }, "plain é 日本 👩\\u{200d}👩"),
      (Array("Andr".utf8) + [0xE9], "Andr\\x{e9}"), ([0xC3], "\\x{c3}"), ([0xC3, 0x28], "\\x{c3}("),
      ([0xF0, 0x9F, 0x98], "\\x{f0}\\x{9f}\\x{98}"), ([0xF0, 0x9F, 0x98, 0x80], "😀"),
      ([0x1B, 0x5B, 0x32, 0x4A], "\\u{1b}[2J"),
      (Array("a\nb\r\u{2028}\u{202E}c".utf8), "a\\u{a}b\\u{d}\\u{2028}\\u{202e}c"),
      ([0xED, 0xA0, 0x80], "\\x{ed}\\x{a0}\\x{80}"), ([], ""), ([0x80] + Array("x".utf8), "\\x{80}x"),
    ] as [([UInt8], String)])
  func bytes(_ bytes: [UInt8], _ shown: String) {
    #expect(PrintableText.line(bytes) == shown)
  }
}
