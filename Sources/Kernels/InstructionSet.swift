// SPDX-License-Identifier: MIT
internal import CKernels

/// The instruction set the C kernels chose for this machine.
public enum InstructionSet {
  /// `avx512`, `avx2` or `base`.
  public static var name: String { String(cString: vb_isa_name()) }
}
