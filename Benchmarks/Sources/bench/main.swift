// SPDX-License-Identifier: MIT
// The targets of Documentation/Performance.md, measured.
// Usage: bench [formulas|step|products|images|transition|memory|neighbors ...]
import Foundation
import Kernels

let chosen = CommandLine.arguments.dropFirst()
func wanted(_ name: String) -> Bool { chosen.isEmpty || chosen.contains(name) }

Environment.useFullBLAS()
print(Environment.description)
// First: the system's account of peak memory is of all children so far, and the peer takes more.
if wanted("memory") { try MemoryBenchmark.run() }
if wanted("formulas") { FormulaBenchmark.run() }
if wanted("products") { ProductsBenchmark.run() }
if wanted("step") { try StepBenchmark.run() }
if wanted("images") { try ImagesBenchmark.run() }
if wanted("neighbors") { try NeighborsBenchmark.run() }
if wanted("transition") { try TransitionBenchmark.run() }
