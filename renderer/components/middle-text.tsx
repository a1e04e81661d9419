// A name on one line. What does not fit is left out in the middle, because names of a family differ at their ends.
import classes from './middle-text.module.css';

const tailLength = 6;

export function MiddleText({ text }: { readonly text: string }) {
  if (text.length < tailLength * 2) return <span className={classes['whole']} title={text}>{text}</span>;
  const cut = text.length - tailLength;
  return (
    <span className={classes['text']} title={text}>
      <span className={classes['head']}>{text.slice(0, cut)}</span>
      <span className={classes['tail']}>{text.slice(cut)}</span>
    </span>
  );
}
