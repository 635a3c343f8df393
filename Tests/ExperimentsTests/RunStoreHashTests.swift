// SPDX-License-Identifier: MIT
import Files
import Experiments
import Foundation
import RunStore
import Testing

struct RunStoreHashTests {
  @Test(
    "SHA-256 gives the published examples (FIPS 180-4, NIST CSRC; RFC 6234 8.5)",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func published(message: String, digest: String) {
    #expect(SHA256.hex([Array(message.utf8)]) == digest)
  }

  @Test("a million times 'a', and every length around a block's end")
  func lengths() {
    #expect(
      SHA256.hex([[UInt8](repeating: 0x61, count: 1_000_000)])
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    // hashlib.sha256(b"a" * n) for n = 55, 56, 63, 64, 65.
    let expected = [
      55: "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318",
      56: "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a",
      63: "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34",
      64: "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb",
      65: "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0",
    ]
    for (count, digest) in expected { #expect(SHA256.hex([[UInt8](repeating: 0x61, count: count)]) == digest) }
  }

  @Test("the hash of settings is the same in every process, and every setting counts")
  func settings() {
    let run = MadeUpRun(components: 10).record.settings
    var other = run
    other.configuration.evaluation.criterion = 0.25
    let others = [MadeUpRun(components: 11), MadeUpRun(components: 10, dataSeed: 1)].map(\.record.settings)
    let hashes = ([run, other] + others).map { ContentHash.identifier(of: $0) }
    #expect(Set(hashes).count == 4)
    #expect(hashes.allSatisfy { $0.count == 16 })
    #expect(ContentHash.hex(of: run).hasPrefix(hashes[0]))
    // Keys in sorted order, doubles in shortest form: written out, so that another process must find the same.
    let canonical = #"{"a":[0.1,1,null],"b":"x/y"}"#
    #expect(ContentHash.hex(of: Canonical()) == SHA256.hex([Array(canonical.utf8)]))
  }

  private struct Canonical: Encodable {
    let b = "x/y"
    let a: [Double?] = [0.1, 1, nil]
  }
}
