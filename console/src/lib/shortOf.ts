const LONGEST = 40;
const ENOUGH = 32;

/** What somebody can be asked to type of a name: of a long one, such as a conversation's, its first words. */
export function shortOf(name: string): string {
  const whole = name.trim();
  const letters = [...whole];
  if (letters.length <= LONGEST) {
    return whole;
  }
  const start = letters.slice(0, ENOUGH).join('');
  const end = start.lastIndexOf(' ');
  return (end > ENOUGH / 3 ? start.slice(0, end) : start).trim();
}
