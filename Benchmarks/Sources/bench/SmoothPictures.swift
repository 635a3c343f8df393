// SPDX-License-Identifier: MIT
import Foundation
import Kernels

/// Pictures of 32 x 32 pixels in 3 channels, values in [0, 1]: smooth random fields with a little noise.
///
/// Each channel is a grid of 5 x 5 normals between which is interpolated, a part of it shared by the channels; such
/// pictures have the steep spectrum of natural ones, so that distances spread as theirs do.
enum SmoothPictures {
  static let dimension = 3072

  static func make(_ count: Int, seed: UInt64, workers: Workers) -> [Float] {
    let key = RandomKey(seed: seed)
    let block = 500
    return workers.map((count + block - 1) / block) { index in
      let pictures = index * block..<min((index + 1) * block, count)
      return pictures.flatMap { picture($0, key: key) }
    }.flatMap { $0 }
  }

  private static func picture(_ index: Int, key: RandomKey) -> [Float] {
    let key = key.child(index)
    let grid = key.child("grid").normals(4 * 25)
    let noise = key.child("noise").uniforms(dimension)
    return (0..<dimension).map { at in
      let (pixel, channel) = (at / 3, at % 3)
      let (y, x) = (Double(pixel / 32) / 8, Double(pixel % 32) / 8)
      let (row, column) = (Int(y), Int(x))
      let (fy, fx) = (y - Double(row), x - Double(column))
      func field(_ which: Int) -> Double {
        let start = which * 25 + row * 5 + column
        let top = grid[start] * (1 - fx) + grid[start + 1] * fx
        return top * (1 - fy) + (grid[start + 5] * (1 - fx) + grid[start + 6] * fx) * fy
      }
      let value = 0.5 + 0.18 * field(3) + 0.1 * field(channel) + 0.05 * (noise[at] - 0.5)
      return Float(min(max(value, 0), 1))
    }
  }
}
