/**
 * Whether a row of hub.system_state or hub.pull says that a person, or the hub, has paused something, as a condition;
 * `of`: its alias and a dot. A pause whose time is over is none, though nobody has swept it away.
 */
export const isPaused = (of = ''): string =>
  `(${of}paused_at is not null and (${of}resume_at is null or ${of}resume_at > now()))`
