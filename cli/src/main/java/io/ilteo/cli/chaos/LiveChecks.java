package io.ilteo.cli.chaos;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.Channels;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.model.v1.GetModelVersionRequest;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.Wave;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionRequest;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionResponse;
import io.ilteo.proto.satisfaction.v1.SatisfactionServiceGrpc;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.ReplayStudyRequest;
import io.ilteo.proto.tuner.v1.ReplayStudyResponse;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.TellTrialRequest;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.PredictWagesResponse;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What must be true of the services that are still there at the end. */
final class LiveChecks {
  private static final long LIMIT_SECONDS = 30;
  private static final int LAST_YEAR = 2020;
  private static final int WAVES = 3;

  /** Late reports that are tried, at most. */
  private static final int LATE = 100;

  private final Fleet fleet;
  private final TunerCalls calls;

  LiveChecks(Fleet fleet, TunerCalls calls) {
    this.fleet = fleet;
    this.calls = calls;
  }

  /** All of them. */
  List<Check> all(List<StudyCase> cases) throws SQLException {
    List<Check> checks = new ArrayList<>();
    checks.add(champions(Service.WAGE, "wage"));
    checks.add(champions(Service.SATISFACTION, "satisfaction"));
    checks.add(lateReports());
    checks.add(replay(cases));
    return checks;
  }

  /** Every replica loads the champion and says the same of the same person. */
  private Check champions(Service service, String target) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Member member : fleet.members(service)) {
      answers.put(member.replica().name(), answer(member, target));
    }
    Set<String> distinct = new TreeSet<>(answers.values());
    return new Check(
        "the " + target + " champion loads and predicts alike on every replica",
        distinct.size() == 1 && distinct.iterator().next().startsWith("models/"),
        distinct.size() == 1
            ? answers.size() + " replicas: " + distinct.iterator().next()
            : answers.toString());
  }

  private static String answer(Member member, String target) {
    ManagedChannel channel = Channels.plaintext(member.replica().address());
    try {
      List<String> columns =
          ModelRegistryServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
              .getModelVersion(
                  GetModelVersionRequest.newBuilder()
                      .setName("models/%s/aliases/champion".formatted(target))
                      .build())
              .getModelVersion()
              .getInputColumnsList();
      return target.equals("wage")
          ? wage(channel, person(columns, "wage", 250))
          : satisfaction(channel, person(columns, "satisfaction", 3));
    } catch (StatusRuntimeException failure) {
      return failure.getStatus().toString();
    } finally {
      channel.shutdownNow();
    }
  }

  private static String wage(ManagedChannel channel, HistoryBatch histories) {
    PredictWagesResponse response =
        WageServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
            .predictWages(PredictWagesRequest.newBuilder().setHistories(histories).build());
    double wage = response.getPredictions(0).getWage();
    return Double.isFinite(wage) && wage > 0
        ? "%s says %.6g".formatted(response.getModelVersion(), wage)
        : "the wage is " + wage;
  }

  private static String satisfaction(ManagedChannel channel, HistoryBatch histories) {
    PredictSatisfactionResponse response =
        SatisfactionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
            .predictSatisfaction(
                PredictSatisfactionRequest.newBuilder().setHistories(histories).build());
    List<Double> probabilities = response.getPredictions(0).getProbabilitiesList();
    double sum = probabilities.stream().mapToDouble(Double::doubleValue).sum();
    return Math.abs(sum - 1) < 1e-6
        ? "%s says %.6g".formatted(response.getModelVersion(), probabilities.getFirst())
        : "the probabilities add up to " + sum;
  }

  /** A person of whom only the target's history is known. */
  private static HistoryBatch person(List<String> columns, String target, double value) {
    PersonHistory.Builder person = PersonHistory.newBuilder().setPersonId("1");
    for (int wave = 0; wave < WAVES; wave++) {
      Wave.Builder year = Wave.newBuilder().setYear(LAST_YEAR - WAVES + 1 + wave);
      columns.forEach(column -> year.addValues(column.equals(target) ? value : Double.NaN));
      person.addWaves(year);
    }
    return HistoryBatch.newBuilder().addAllColumns(columns).addPersons(person).build();
  }

  /** Each attempt that was given up tells its end once more, with the token that it had. */
  private Check lateReports() throws SQLException {
    String sql =
        """
        SELECT format('studies/%%s/trials/%%s/attempts/%%s', t.study_id, t.number, a.number), a.token
          FROM tuner.attempt a JOIN tuner.trial t ON t.id = a.trial_id
         WHERE a.state IN ('LOST', 'STOPPED') ORDER BY a.ended_at LIMIT %d
        """
            .formatted(LATE);
    List<List<String>> lost = fleet.record().rows(sql);
    List<String> wrong = new ArrayList<>();
    for (List<String> attempt : lost) {
      String name = attempt.getFirst();
      try {
        Study study =
            calls
                .studies()
                .getStudy(
                    GetStudyRequest.newBuilder()
                        .setName(name.replaceFirst("/trials/.*", ""))
                        .build())
                .getStudy();
        String metric = study.getSpec().getObjectives(0).getMetric();
        calls
            .trials()
            .tellTrial(
                TellTrialRequest.newBuilder()
                    .setAttempt(name)
                    .setToken(attempt.get(1))
                    .setCompleted(
                        TellTrialRequest.Completed.newBuilder()
                            .addMetrics(MetricValue.newBuilder().setName(metric).setValue(0)))
                    .build());
        wrong.add(name + " was believed");
      } catch (StatusRuntimeException refused) {
        if (refused.getStatus().getCode() != Status.Code.ABORTED) {
          wrong.add(name + ": " + refused.getMessage());
        }
      }
    }
    return new Check(
        "late reports of attempts that were given up are refused",
        wrong.isEmpty(),
        wrong.isEmpty()
            ? lost.size() + " told their end again with their old tokens"
            : String.join("; ", wrong));
  }

  /** The samplers saw what the record says they saw. */
  private Check replay(List<StudyCase> cases) {
    List<String> wrong = new ArrayList<>();
    int suggestions = 0;
    for (StudyCase each : cases) {
      try {
        ReplayStudyResponse replay =
            calls
                .promotions()
                .replayStudy(ReplayStudyRequest.newBuilder().setStudy(each.name()).build());
        suggestions += replay.getSuggestions();
        if (replay.getReproduced() != replay.getSuggestions()) {
          wrong.add(replay.getFirstDifference());
        }
      } catch (StatusRuntimeException failure) {
        wrong.add(each.name() + ": " + failure.getMessage());
      }
    }
    return new Check(
        "each suggestion can be computed again from the record",
        wrong.isEmpty(),
        wrong.isEmpty() ? suggestions + " suggestions" : String.join("; ", wrong));
  }
}
