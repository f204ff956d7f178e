/**
 * The text of a selection in a text layer as one pastes it. Each run stands in a box of its own there, which the
 * browser would put on a line of its own: a line ends only where the page's line ends. NFC, without NULs.
 */
export function copiedText(selected: Node): string {
  let text = ''
  const read = (node: Node) => {
    if (node.nodeName === '#text') text += node.nodeValue ?? ''
    else if (node.nodeName === 'BR') text += '\n'
    for (const child of node.childNodes) read(child)
    if (node.nodeName === 'FIGURE') text += '\n'
  }
  read(selected)
  return text.replaceAll('\0', '').normalize('NFC').trim()
}
