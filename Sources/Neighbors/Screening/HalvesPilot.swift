// SPDX-License-Identifier: MIT

/// Whether floats are screened as halves: products take half the time, but their wider bounds leave more to measure.
///
/// A few queries, spread evenly, are searched among the first points of the reference. A candidate too many costs
/// about 118 products' time (1.5 microseconds where a pair of a product takes 13 nanoseconds, at 3,072 values; both
/// grow with the values), so that halves pay below N/118 of them; half of that is asked for. The answer changes times,
/// never results.
enum HalvesPilot {
  static let references = 16_384
  static let leastReferences = 4096
  static let blocks = 4
  static let blockRows = 12

  static func form(
    search: NeighborSearch, reference: PointRows, queries: PointRows, rows: Range<Int>
  ) throws -> NeighborLayout.Form {
    if reference.scalar == .bytes && queries.scalar == .bytes { return .bytes }
    if search.level < 6 { return .floats }
    if search.isForced { return .halves }
    guard reference.count >= leastReferences, rows.count >= blocks * blockRows else { return .floats }
    let job = try NeighborJob(
      search: search, reference: reference.prefix(references), queries: queries, excluding: nil, form: .halves)
    let starts = (0..<blocks).map { rows.lowerBound + $0 * (rows.count - blockRows) / (blocks - 1) }
    let extra = job.measured(starts.map { $0..<$0 + blockRows }) - Double(search.count)
    return extra <= Double(reference.count) / 236 ? .halves : .floats
  }
}
