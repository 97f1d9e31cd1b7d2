export function TodayHelp() {
  return (
    <>
      <p>
        Today lists what the office owes, by when, most pressing first. Nobody types it in: an unconfirmed
        visit, someone who waits too long, a promise made on the phone stand here by themselves, and leave
        when they are settled.
      </p>
      <p>
        Each line has one button that settles it. Arrow keys move, Enter presses the button, U takes the last
        thing back. A line about a person puts that person in view at the right.
      </p>
      <p>
        <b>Snooze</b> (S) puts a line off with a reason, until its deadline at the latest; one that is late
        already, for 30 minutes at a time. <b>Assign</b> (A) gives it to a colleague. M shows everything else.
      </p>
      <p>
        <b>Task</b> (T) notes something the program cannot know: what, by when, who does it, about whom, how
        often. A repeating task comes again at its next date once it is done. In the line, “task call the lab
        tomorrow 3pm @ana” does the same.
      </p>
      <p>
        Everything has an owner: whom it was given to, or a role. While someone is away, what is theirs stands
        with who covers for them, else with their role, else with the manager, and the line says so; when they
        are back it is theirs again. <b>Mine</b> is what is yours, your role’s, or anyone’s; <b>My role’s</b>{' '}
        what any of your role may do; <b>Covered</b> what you do for someone who is away; <b>Everyone</b> all
        that your roles may see (W switches).
      </p>
    </>
  );
}
