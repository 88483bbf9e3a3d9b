package io.ilteo.cli.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.run.Outcome.Finale;
import io.ilteo.proto.tuner.v1.ConfirmWinnersRequest;
import io.ilteo.proto.tuner.v1.Confirmation;
import io.ilteo.proto.tuner.v1.PromoteTrialRequest;
import io.ilteo.proto.tuner.v1.PromoteTrialResponse;
import io.ilteo.proto.tuner.v1.Study;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The winners' last test: fresh seeds, then the test fold, which is read once for each. Everything
 * here can be asked for again: the tuner keeps confirmations and evaluations on record.
 */
final class Finals {
  private static final String CHAMPION = "champion";
  private static final String CHALLENGER = "challenger";
  private static final int SEEDS_TO_ESTIMATE = 2;

  private final Services services;
  private final StudyWatch watch;
  private final PrintWriter out;

  Finals(Services services, StudyWatch watch, PrintWriter out) {
    this.services = services;
    this.watch = watch;
    this.out = out;
  }

  /**
   * Confirms and evaluates the winners of the studies that have one.
   *
   * @param chapters by name of their study
   */
  List<Outcome> hold(List<Study> ended, Map<String, Chapter> chapters, int seeds) {
    List<Study> studies = confirmed(ended, seeds);
    List<Outcome> outcomes = new ArrayList<>();
    for (Study study : studies) {
      Chapter chapter = chapters.get(study.getName());
      if (chapter == null) {
        throw new IllegalStateException(study.getName() + " is no study of this run");
      }
      Optional<Confirmation> confirmation = study.getConfirmationsList().stream().findFirst();
      outcomes.add(
          new Outcome(
              chapter.title(),
              study,
              confirmation,
              confirmation
                  .filter(each -> each.getValuesCount() >= SEEDS_TO_ESTIMATE)
                  .map(each -> evaluated(each.getTrial(), chapter))));
    }
    return outcomes;
  }

  private List<Study> confirmed(List<Study> ended, int seeds) {
    List<String> winning =
        ended.stream()
            .filter(study -> !study.getProgress().getBestTrial().isEmpty())
            .map(Study::getName)
            .toList();
    for (Study study : ended) {
      if (winning.contains(study.getName()) && study.getConfirmationsCount() == 0) {
        services
            .studies()
            .confirmWinners(
                ConfirmWinnersRequest.newBuilder()
                    .setStudy(study.getName())
                    .setTopK(1)
                    .setSeeds(seeds)
                    .build());
      }
    }
    out.printf("confirming %d winners on %d fresh seeds each%n", winning.size(), seeds);
    List<Study> confirmed = winning.isEmpty() ? List.of() : watch.untilConfirmed(winning);
    return ended.stream()
        .map(
            study ->
                confirmed.stream()
                    .filter(each -> each.getName().equals(study.getName()))
                    .findFirst()
                    .orElse(study))
        .toList();
  }

  /** The champion's place is for who clears the best baseline; others are kept beside it. */
  private Finale evaluated(String trial, Chapter chapter) {
    out.printf("evaluating %s on the test fold%n", chapter.title());
    if (!chapter.serves()) {
      return promoted(trial, chapter.id(), true);
    }
    try {
      return promoted(trial, CHAMPION, false);
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
        throw refused;
      }
      return promoted(trial, CHALLENGER, true);
    }
  }

  private Finale promoted(String trial, String alias, boolean force) {
    PromoteTrialResponse response =
        services
            .promotions()
            .promoteTrial(
                PromoteTrialRequest.newBuilder()
                    .setTrial(trial)
                    .setAlias(alias)
                    .setForce(force)
                    .setReason("ilteo run")
                    .build());
    return new Finale(response.getModelVersion(), alias, response.getEvaluation());
  }
}
