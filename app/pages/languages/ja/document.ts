export const documentInJapanese: { [english: string]: string } = {}
