export function SeriesHelp() {
  return (
    <div className="sc-help">
      <p>
        A series is visits booked together by a pattern. Each has a place that stays: booked, still owed
        (Today says so), or not needed with a reason. Nothing of a series goes missing.
      </p>
      <h3>Book one</h3>
      <p>
        In a booking write into “Repeat”: <i>weekly x6</i>, <i>tue thu for 6 weeks</i>,{' '}
        <i>every 2 weeks x4</i>, <i>monthly x3</i>. Or in the line: <i>lopez fu weekly x6 tue 9</i>. The time
        on the clock stays the same when the clocks change.
      </p>
      <h3>Change several</h3>
      <p>
        “Change from here” moves this visit, this and the following, or all ahead: another time, day, length
        or physician. What becomes of each is shown first; what cannot move stays and is said. What has begun
        or is over is never changed. The change is undone as a whole, while nobody worked on those visits
        since.
      </p>
    </div>
  );
}
