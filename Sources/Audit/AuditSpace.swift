// SPDX-License-Identifier: MIT
public import Neighbors

/// Training, generated and held-out points in one space, such as pixels or the embeddings of a network.
public struct AuditSpace: Sendable {
  /// `pixels`, `embeddings`, ..
  public let name: String
  /// T, shape (N, d).
  public let train: PointSet
  /// G, shape (n, d).
  public let generated: PointSet
  /// H of the same law as T, shape (h, d).
  public let holdout: PointSet?
  /// `.euclidean` or `.cosine`.
  public let metric: NeighborMetric
  /// Values per unit: distances are divided by it. 255 for pixels stored as bytes.
  public let unit: Double
  /// The same points in double precision, where they are given so: Euclidean spaces alone.
  public let doubles: Doubles?
  /// Of pictures: height, width and channels, for the tiled distance.
  public let picture: PictureDimensions?

  public struct Doubles: Sendable {
    public let train, generated: DoublePoints
    public let holdout: DoublePoints?

    public init(train: DoublePoints, generated: DoublePoints, holdout: DoublePoints?) {
      (self.train, self.generated, self.holdout) = (train, generated, holdout)
    }
  }

  public struct PictureDimensions: Sendable, Codable, Hashable {
    public let height, width, channels: Int

    public init(height: Int, width: Int, channels: Int) {
      (self.height, self.width, self.channels) = (height, width, channels)
    }
  }

  /// Shapes must agree and counts be positive: callers check what users give.
  public init(
    name: String, train: PointSet, generated: PointSet, holdout: PointSet? = nil, metric: NeighborMetric = .euclidean,
    unit: Double = 1, picture: PictureDimensions? = nil,
    doubles: Doubles? = nil
  ) {
    precondition(
      [generated.dimension, holdout?.dimension ?? generated.dimension].allSatisfy { $0 == train.dimension },
      "points of \(train.dimension) and \(generated.dimension) values")
    precondition(
      train.count >= 3 && generated.count >= 1, "\(train.count) training, \(generated.count) generated points")
    (self.name, self.train, self.generated, self.holdout) = (name, train, generated, holdout)
    (self.metric, self.unit, self.picture) = (metric, unit, picture)
    self.doubles = metric == .euclidean ? doubles : nil
  }
}
