/** An sRGB colour as settings and style sheets write it: `#1a5276`. */
export type Hex = string

/**
 * The lightest and the darkest ground of each scheme that a key colour stands on: `--ground` and `--surface` of
 * `assets/tokens.css`.
 */
export const GROUNDS = { light: ['#ffffff', '#f2f2f2'], dark: ['#1a1a1a', '#333333'] } as const

/** Contrast that WCAG 2.2 asks of text (success criterion 1.4.3, level AA). */
const READABLE = 4.5

/** Contrast of two colours from 1 to 21 (WCAG 2.2, definition of contrast ratio). */
export function contrast(one: Hex, other: Hex): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/**
 * The shade of a colour that can be read on the grounds of a scheme, and on which the scheme's ground can be read: the
 * colour itself where it will do, else the nearest one towards black (light scheme) or white (dark).
 */
export function readableShade(colour: Hex, scheme: keyof typeof GROUNDS): Hex {
  const towards = scheme === 'light' ? 0 : 255
  for (let percent = 0; percent < 100; percent++) {
    const shade = mix(colour, towards, percent / 100)
    if (GROUNDS[scheme].every((ground) => contrast(shade, ground) >= READABLE)) return shade
  }
  return scheme === 'light' ? '#000000' : '#ffffff'
}

function mix(colour: Hex, towards: number, share: number): Hex {
  const mixed = channels(colour).map((channel) => Math.round(channel + (towards - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function luminance(colour: Hex): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const value = channel / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(colour: Hex): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
