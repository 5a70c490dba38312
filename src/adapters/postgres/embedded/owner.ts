/** Who owns files, where root and ordinary users work on the same folder. */
import { lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface User {
  readonly uid: number
  readonly gid: number
}

export function ownerOf(path: string): User | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found && { uid: found.uid, gid: found.gid }
}

function giveOne(path: string, { uid, gid }: User): void {
  const now = ownerOf(path)
  if (now && (now.uid !== uid || now.gid !== gid)) lchownSync(path, uid, gid)
}

/**
 * Gives a folder and everything in it to a user. Only root can. The folder comes last: where it was
 * not reached, the rest may not have been either.
 */
export function giveTo(folder: string, user: User): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    giveOne(join(entry.parentPath, entry.name), user)
  giveOne(folder, user)
}

/**
 * What root makes in the folder of an ordinary user belongs to that user: a hub that was started
 * once by root must still start without it.
 */
export function giveToOwnerOf(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return
  const owner = ownerOf(folder)
  if (owner && owner.uid !== 0) lchownSync(path, owner.uid, owner.gid)
}
