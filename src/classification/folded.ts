/**
 * A text in which spellings that mean the same look the same: full-width letters, digits and marks become plain ones,
 * capitals small. Every code unit keeps its place, so that a position found here is one of the text as given; this is why
 * Unicode's own normalisation, which changes lengths, is not used.
 */
export function folded(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const plain = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit === 0x3000 ? 0x20 : unit;
    const isCapital = plain >= 0x41 && plain <= 0x5a;
    out += String.fromCharCode(isCapital ? plain + 0x20 : plain);
  }
  return out;
}
