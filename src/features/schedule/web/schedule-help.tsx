import { Kbd } from '../../../ui/kbd.tsx';

export function DayHelp() {
  return (
    <div className="sc-help">
      <p>
        Each column is a physician, a room or a device; each card a visit with its state in a sign and words.
        Free time says how long it is and what fits. The line across is now. Colored ground with letters is
        kept for some visits: NP for new patients, say. “Released” time was not taken in time, and is open to
        every visit; who may book the rest all the same gives a reason.
      </p>
      <h3>Book</h3>
      <p>
        Click a free time, or walk to it (<Kbd keys="ctrl+arrowdown" />) and type a scrap of the name.{' '}
        <Kbd keys="enter" /> takes the best hit, <Kbd keys="enter" /> books. For the first time that fits
        anyone press <Kbd keys="f" />: <Kbd keys="enter" /> takes the first, a digit another.
      </p>
      <h3>Check in to check out</h3>
      <p>
        On a visit: <Kbd keys="a" /> check in, <Kbd keys="r" /> in room, <Kbd keys="d" /> with the physician,{' '}
        <Kbd keys="o" /> check out, which asks at once for the follow-up. Or press “✓ In” on the card, or open
        the visit: the next step is its main button.
      </p>
      <h3>Move</h3>
      <p>
        Drag it; or <Kbd keys="alt+arrowdown" /> five minutes at a time and <Kbd keys="alt+arrowright" /> to
        the next column; <Kbd keys="alt+shift+arrowdown" /> makes it longer. Farther away: <Kbd keys="m" />{' '}
        cuts it, go to any day, <Kbd keys="enter" /> on a free time puts it there. What stands in the way is
        said, with the next free times.
      </p>
      <h3>Cut, copy, paste; the pinboard</h3>
      <p>
        <Kbd keys="ctrl+x" /> cuts a visit or blocked time, <Kbd keys="ctrl+c" /> copies it,{' '}
        <Kbd keys="ctrl+v" /> on a free time puts it there: cut is moved, copied is booked again for the same
        person. <Kbd keys="k" /> puts a visit on your pinboard at the right, or drag it there: it keeps its
        place until you put it on another time of any day, by hand, or by <Kbd keys="alt+k" />,{' '}
        <Kbd keys="enter" /> on it and <Kbd keys="enter" /> on the time. Colleagues see whose pinboard it is
        on.
      </p>
      <h3>While someone is on the phone</h3>
      <p>
        <Kbd keys="shift+enter" /> on a free time holds it for you; so does a booking form that stands open.
        Nobody else can take it meanwhile, and everyone sees it is yours and for how long.{' '}
        <Kbd keys="enter" /> on it books, <Kbd keys="delete" /> gives it back; forgotten, it frees itself.
      </p>
      <h3>What to see</h3>
      <p>
        <Kbd keys="v" /> chooses whose columns: type a scrap of a name, <Kbd keys="enter" /> takes it in or
        out; and how large an hour is. Save it under a name and a digit from 5 to 9, for yourself or, as a
        manager, for everyone: the digit shows it, and the address carries it, to be shared or kept as a
        bookmark.
      </p>
      <h3>Block time</h3>
      <p>
        <Kbd keys="." /> on a free time, or draw over it with the mouse, for lunch, rounds or a meeting. Move
        it like a visit; <Kbd keys="delete" /> opens it again. Visits that stand in it stay, and you are told.
      </p>
      <h3>Print</h3>
      <p>
        <Kbd keys="p" /> prints the day: sheets for each physician, routing slips, cards, and labels from the
        first free place of the sheet. A visit’s own are in its panel. It opens in the browser’s viewer; every
        print is on record for each person on it. In the line: “print tomorrow”, “smith jo print”.
      </p>
      <p>
        <Kbd keys="l" /> on a visit shows the next free times of the same physician from the next day on;{' '}
        <Kbd keys="enter" /> moves it to the first. Say who asked: a patient who moves or cancels within the
        notice of the office does it late, and that is counted beside no-shows on the person’s page.
      </p>
      <h3>Walk-in</h3>
      <p>
        <Kbd keys="h" />, a scrap of the name, <Kbd keys="enter" />, <Kbd keys="enter" />: registered as
        arrived where it is free soonest and few wait; where nothing is free soon, between others with the
        reason “walk-in”. Who leaves again without being seen is marked so from the visit’s panel.
      </p>
      <h3>Series</h3>
      <p>
        Write into “Repeat” of a booking: <i>weekly x6</i>, <i>tue thu for 6 weeks</i>. Every visit is shown
        with what stands in its way before anything is booked.
      </p>
      <h3>Take it back</h3>
      <p>
        <Kbd keys="u" /> takes back the last thing for some minutes. What was cancelled or missed can be
        brought back from its panel while its time is free.
      </p>
    </div>
  );
}

export function WeekHelp() {
  return (
    <div className="sc-help">
      <p>
        The week of one physician, Monday to Sunday. Everything works as on the day; a move to another column
        moves the visit to that day. <Kbd keys="w" /> goes back to the whole office.
      </p>
    </div>
  );
}
