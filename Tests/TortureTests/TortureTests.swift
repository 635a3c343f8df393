// SPDX-License-Identifier: MIT
import Testing

/// What must hold whatever happens to the program, its files and its disk: see Documentation/Security.md.
///
/// One kind after the other: each uses every processor.
@Suite("Torture", .serialized)
struct TortureTests {}
