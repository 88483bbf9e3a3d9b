package io.ilteo.cli.run;

import io.ilteo.cli.platform.Service;
import java.util.List;

/**
 * One model of the story and the study that finds it.
 *
 * @param id names the chapter in requests, in remembered state and as alias
 * @param title what people call the model
 * @param service that trains it
 * @param architecture empty for the task's default
 * @param untuned whether it is one configuration, the architecture's default, and no search
 * @param serves whether the winner may become the champion of its service
 */
record Chapter(
    String id,
    String title,
    Service service,
    String architecture,
    boolean untuned,
    boolean serves) {
  private static final String JOINT_LSTM = "joint_lstm";

  /** A wage model and a satisfaction model, each searched for by itself. */
  static final List<Chapter> SPLIT =
      List.of(
          new Chapter("wage", "wage", Service.WAGE, "", false, true),
          new Chapter("satisfaction", "satisfaction", Service.SATISFACTION, "", false, true));

  /** What the origin report had: its first joint model, and the one that its search found. */
  static final List<Chapter> JOINT =
      List.of(
          new Chapter("first-joint", "first joint model", Service.WAGE, JOINT_LSTM, true, false),
          new Chapter("joint", "tuned joint model", Service.WAGE, JOINT_LSTM, false, false));

  /** Trials of its study. */
  int budget(int trials) {
    return untuned ? 1 : trials;
  }
}
