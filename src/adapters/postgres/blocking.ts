/**
 * Whether the delivery `d` is a dead letter that its lane must not pass: unless its policy is to skip
 * it, or it is a snapshot that a newer snapshot replaces.
 */
export const deadAndBlocking = `(d.state = 'dead' and d.policy <> 'skip' and not (
  d.policy = 'supersede' and d.snapshot and exists (
    select 1 from hub.delivery n where n.lane = d.lane and n.number > d.number and n.snapshot
      and n.state not in ('superseded', 'discarded'))))`
