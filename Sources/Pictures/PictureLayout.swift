// SPDX-License-Identifier: MIT

/// The order of the axes of an array of pictures.
public enum PictureLayout: String, Sendable, CaseIterable {
  /// (N, H, W, C), as NumPy and JAX write pictures.
  case channelsLast = "NHWC"
  /// (N, C, H, W), as PyTorch holds them.
  case channelsFirst = "NCHW"
}
