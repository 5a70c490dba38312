/** Who did it, as people call each other; what is not a person keeps its kind: `client:mot-cua`, `hub`. */
export const nameOf = (actor: string): string => actor.replace(/^user:/, '')
