// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Kernels
public import Memorization
public import Training

/// A trained model as the pipeline needs it: to sample from and to measure.
public protocol LaboratoryModel: TrainableModel {
  /// The model with its posterior prepared: build it once where many points are denoised.
  var prepared: any Denoiser { get }
}

extension LaboratoryModel {
  public var prepared: any Denoiser { self }
}

/// A model whose law is a mixture of M components with one variance: its means and its std are measured too.
public protocol ComponentModel: LaboratoryModel {
  /// The one trained standard deviation; its sign has no meaning.
  var std: Double { get }
  /// Means of the components in the space of the data, (M, d).
  var componentMeans: Matrix { get }
}

/// A model that can be drawn from without a sampler.
public protocol ExactModel: LaboratoryModel {
  /// Independent draws of the model's own law, (n, d): the limit of ever more sampling steps.
  func draws(_ count: Int, key: RandomKey) -> Matrix
}

/// A kind of model: how it starts, how it is trained, what a file keeps of it.
///
/// `ModelSettings.capacity` is a value on the family's axis.
public protocol ModelFamily: Sendable {
  /// The type of a model of this family, started, trained and read back.
  associatedtype Model: LaboratoryModel
  /// The word in settings and files, such as `mixture`.
  var name: String { get }
  /// How the family counts its capacity; `components` unless it says otherwise.
  var capacityAxis: CapacityAxis { get }
  /// Whether its models are made for pictures, or for clusters; both unless it says otherwise.
  func takes(pictures: Bool) -> Bool
  /// The model before training. Throws `InitializationError` or `ModelFamilyError` for a start that the data forbid.
  func start(_ settings: ModelSettings, on laboratory: any Laboratory, key: RandomKey) throws -> Model
  /// Trains `start`; throws `CancellationError` when `progress` returned false.
  func train(
    _ start: Model, by trainer: Trainer, on laboratory: any Laboratory, key: RandomKey, workers: Workers,
    progress: (Int) -> Bool
  ) throws -> TrainingResult<Model>
  /// Everything that `model` needs to be itself again, in double precision.
  func tensors(of model: Model) -> [String: ModelTensors.Tensor]
  /// The model of a file; throws for tensors that do not fit the settings.
  func model(_ settings: ModelSettings, from tensors: ModelTensors) throws(ModelTensors.Problem) -> Model
}

extension ModelFamily {
  public var capacityAxis: CapacityAxis { .components }
  public func takes(pictures: Bool) -> Bool { true }
}

/// A family that is not known, or data that it is not made for.
public struct ModelFamilyError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  /// `description`: what is wrong and what is allowed, in one line.
  public init(_ description: String) { self.description = description }
}

/// The families that a program knows.
public struct ModelFamilies: Sendable {
  private let families: [any ModelFamily]

  /// Families by name; of two with one name the first is taken.
  public init(_ families: [any ModelFamily]) { self.families = families }

  /// Mixtures of means for clusters, coloured templates for pictures.
  public static let standard = ModelFamilies([MixtureFamily(), TemplateFamily()])

  /// These and one more; a name that is taken already stays with the family that has it.
  public func adding(_ family: some ModelFamily) -> ModelFamilies { ModelFamilies(families + [family]) }

  /// The words in settings and files, in the order of the families.
  public var names: [String] { families.map(\.name) }

  /// Those that are made for pictures, or for clusters.
  public func names(pictures: Bool) -> [String] { families.filter { $0.takes(pictures: pictures) }.map(\.name) }

  /// The first family of that name; nil where there is none.
  public func named(_ name: String) -> (any ModelFamily)? { families.first { $0.name == name } }

  /// The family that the data have in the paper.
  public static func ofPaper(pictures: Bool) -> String { pictures ? "templates" : "mixture" }

  /// The family that a model is of. Throws `ModelFamilyError` for a name that none of these has.
  public func family(of settings: ModelSettings) throws(ModelFamilyError) -> any ModelFamily {
    let name = settings.familyName
    guard let family = named(name) else {
      throw ModelFamilyError(
        "the family of models '\(name)' is unknown; allowed: \(names.joined(separator: ", "))")
    }
    guard family.capacityAxis == settings.capacityAxis else {
      throw ModelFamilyError(
        "the capacity of the family '\(name)' is counted in \(settings.capacityAxis.rawValue); "
          + "allowed: \(family.capacityAxis.rawValue)")
    }
    return family
  }
}

/// Named arrays of a model file, checked as they are taken.
public struct ModelTensors: Sendable {
  /// One array of numbers.
  public struct Tensor: Sendable, Equatable {
    /// Its extents, outermost first; empty for a single number.
    public let shape: [Int]
    /// Row-major.
    public let values: [Double]

    /// `values` are as many as the product of `shape`, which is not checked here.
    public init(shape: [Int], values: [Double]) { (self.shape, self.values) = (shape, values) }
    /// A matrix, shape (rows, columns).
    public init(_ matrix: Matrix) { self.init(shape: [matrix.rows, matrix.columns], values: matrix.values) }
    /// A single number, of no extent.
    public init(_ number: Double) { self.init(shape: [], values: [number]) }
  }

  /// What is wrong with a tensor, in a few words.
  public struct Problem: Error, Sendable, CustomStringConvertible {
    public let description: String
  }

  private let tensors: [String: Tensor]
  private let takesAnyNumber: Bool

  /// `takesAnyNumber` is for models that nobody computes with: those of trainings that diverged.
  public init(_ tensors: [String: Tensor], takesAnyNumber: Bool = false) {
    (self.tensors, self.takesAnyNumber) = (tensors, takesAnyNumber)
  }

  /// The tensor as a matrix. Throws `Problem` where it is missing, has another shape, or holds what is not computed
  /// with: nan, infinities, numbers above 1e150.
  public func matrix(_ name: String, rows: Int, columns: Int) throws(Problem) -> Matrix {
    Matrix(rows: rows, columns: columns, values: try values(name, shape: [rows, columns]))
  }

  /// The tensor as a list of `count` numbers; throws as `matrix` does.
  public func vector(_ name: String, count: Int) throws(Problem) -> [Double] { try values(name, shape: [count]) }

  /// One number, however it is shaped, not zero where `isScale`.
  public func number(_ name: String, isScale: Bool = false) throws(Problem) -> Double {
    let value = try values(name, shape: nil)[0]
    if isScale, !takesAnyNumber, abs(value) < 1e-150 { throw Self.outOfRange(name) }
    return value
  }

  private func values(_ name: String, shape: [Int]?) throws(Problem) -> [Double] {
    guard let tensor = tensors[name], shape.map({ $0 == tensor.shape }) ?? (tensor.values.count == 1) else {
      throw Problem(description: "'\(name)' does not fit its settings")
    }
    if takesAnyNumber { return tensor.values }
    guard tensor.values.allSatisfy(\.isFinite) else {
      throw Problem(description: "'\(name)' is not finite: a training that diverged?")
    }
    // Squares of what lies beyond are infinite, and so would the denoiser be.
    guard tensor.values.allSatisfy({ abs($0) <= 1e150 }) else { throw Self.outOfRange(name) }
    return tensor.values
  }

  private static func outOfRange(_ name: String) -> Problem {
    Problem(description: "'\(name)' is too large or too small to be computed with")
  }
}
