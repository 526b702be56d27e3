/** What a model knows of a collection; trees are lists of them, and a parent is an index into the list. */
export interface Node {
  parent: number | null
  public: boolean
  harvested: boolean
}

/** Whether harvesters get what lies in a collection: it and all above it are public and harvested. */
export const open = (tree: Node[], index: number | null): boolean => {
  const node = index === null ? undefined : tree[index]
  return node === undefined || (node.public && node.harvested && open(tree, node.parent))
}

/** Whether readers may see a collection: it and all above it are public. */
export const visible = (tree: Node[], index: number | null): boolean => {
  const node = index === null ? undefined : tree[index]
  return node === undefined || (node.public && visible(tree, node.parent))
}

/** A collection and all above it. */
export const pathTo = (tree: Node[], index: number | null): number[] =>
  index === null ? [] : [index, ...pathTo(tree, tree[index]?.parent ?? null)]
