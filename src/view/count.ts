export function count(number: number): string {
  return number.toLocaleString('en-US');
}

export function plural(number: number, noun: string, nouns: string = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : nouns}`;
}
