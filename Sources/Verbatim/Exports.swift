// SPDX-License-Identifier: MIT

// The facade: five lines that audit two arrays, five that find a transition and the table of all verbs are in
// Documentation/Library.md. Each command of the program is a request, whose `run` returns an outcome.
//
// What the requests and outcomes of this module are made of: a program imports `Verbatim` and nothing else. Of `Files`
// its errors alone, for the rest of it has names that a program may have too.
@_exported public import Audit
@_exported public import Denoisers
@_exported public import Diffusion
@_exported public import Distributions
@_exported public import Experiments
@_exported public import Figures
@_exported public import enum Files.CSVValue
@_exported public import enum Files.StoreError
@_exported public import HardEM
@_exported public import Kernels
@_exported public import Memorization
@_exported public import Neighbors
@_exported public import Pictures
@_exported public import Prediction
@_exported public import Reports
@_exported public import RunStore
@_exported public import Sampling
@_exported public import Statistics
@_exported public import Theory
@_exported public import Training
@_exported public import WeightFit
