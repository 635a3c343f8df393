// SPDX-License-Identifier: MIT
public import Experiments

/// How far the runs of a request are.
///
/// Beginnings, warnings and ends come from the thread that called; events of runs from any thread, several at a time.
public enum StudyProgress: Sendable {
  /// The runs of a study begin. From here on, what is finished is kept in the folder, if there is one.
  case began(Study, folder: String?)
  /// Something remarkable about settings or folder that the caller could not know before; it is in the outcome too.
  case warning(String)
  /// Something happened to a run.
  case run(RunEvent)
  /// The runs are over, whether they have succeeded or not.
  case ended
}
