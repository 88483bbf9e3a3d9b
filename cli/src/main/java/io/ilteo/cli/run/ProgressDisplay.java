package io.ilteo.cli.run;

import io.ilteo.cli.client.StudyProgressLine;
import io.ilteo.proto.tuner.v1.Study;
import java.io.PrintWriter;
import java.util.List;

/** Shows studies as bars that are drawn over at a terminal, and as sparse lines elsewhere. */
public final class ProgressDisplay {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[2K\r";

  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;
  private long lastFinished = -1;
  private boolean toldSilent;

  public ProgressDisplay(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Draws the studies as they stand. */
  public void show(List<Study> studies) {
    toldSilent = false;
    if (terminal) {
      redraw(studies.stream().map(StudyProgressLine::of).toList());
      return;
    }
    long finished =
        studies.stream()
            .mapToLong(s -> s.getProgress().getCompleted() + s.getProgress().getPruned())
            .sum();
    if (finished != lastFinished) {
      lastFinished = finished;
      studies.forEach(study -> out.println(StudyProgressLine.of(study)));
    }
  }

  /** Tells once that the tuner does not answer. */
  public void silent() {
    if (!toldSilent) {
      toldSilent = true;
      drawn = 0;
      out.println("the tuner does not answer; waiting (./ilteo up starts it again)");
    }
  }

  /** Leaves the last picture standing. */
  public void end() {
    drawn = 0;
    out.flush();
  }

  private void redraw(List<String> lines) {
    StringBuilder picture = new StringBuilder();
    if (drawn > 0) {
      picture.append(UP.formatted(drawn));
    }
    lines.forEach(line -> picture.append(CLEAR_LINE).append(line).append('\n'));
    out.print(picture);
    out.flush();
    drawn = lines.size();
  }
}
