/** A mark of ours in the file: its annotation's /NM is this and the mark's name. */
export const markPrefix = 'saraban:'
