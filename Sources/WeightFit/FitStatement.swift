// SPDX-License-Identifier: MIT

/// What the fit can and cannot show, in words that stand beside every number of it.
public enum FitStatement {
  /// Of closed forms: which weights cannot be told apart.
  public static let identifiability =
    "lambda~ is not identifiable: with the closed forms d, K and N cancel, and of all weights only two numbers matter, "
    + "an inverse temperature (their sum) and rho = sum lambda~ g / sum lambda~, g_l = 1/(psi_l s + 1) "
    + "(with s = 1 and the variance-preserving process g_l = t_l^2); any weights of equal rho predict the same."

  /// Of closed forms: what a small error shows and what it does not.
  public static let limits =
    "The fitted theory is one constant, M/N = 1 - rho/C for every tuple. A small error therefore shows that M_pt/N is "
    + "nearly constant over the sweep, not that the losses explain its value: C and rho trade off, and the constant "
    + "mean of the training tuples, which knows no theory, is as good: its error differs by the rounding below alone."

  /// Why the hard crossings are whole numbers of M, and what several starts are for.
  public static let rounding =
    "The entropy penalty drives the weights to a scale at which the choice of M is sharp, and a sharp choice is a "
    + "whole number: the crossing is rounded, by up to 1/(2N), to an M of each N, and on the way an M/N that all N "
    + "share (such as 4/5) has less entropy. The objective has many local minima there, hence several starts."

  /// Of measured losses: what can be said of their weights.
  public static let measured =
    "With measured losses lambda~ is not identifiable either: losses at neighbouring times move together, so most "
    + "directions of lambda~ hardly change a prediction. Judge it only by its test errors beside those of the "
    + "constant. The losses are those of each tuple's first seed, and M runs over the trained capacities."

  /// What belongs beside the numbers of a study.
  public static func all(_ study: FitStudy) -> [String] {
    (study.rho == nil ? [measured] : [identifiability, limits]) + [rounding]
  }
}
