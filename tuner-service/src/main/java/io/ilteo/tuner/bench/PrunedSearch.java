package io.ilteo.tuner.bench;

import io.ilteo.tuner.domain.pruner.Pruner;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.History;
import io.ilteo.tuner.domain.sampler.Sampler;
import io.ilteo.tuner.domain.space.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A study in memory: two simulated trainings at a time that learn in turn, each of at most {@link
 * #EPOCHS} epochs, ended after {@link #PATIENCE} without improvement or by the pruner. As in a
 * study, a pruned trial's loss is what it reported last, and a finished one's the least it had.
 */
final class PrunedSearch {
  static final int EPOCHS = 25;
  private static final int PATIENCE = 3;
  private static final int PARALLEL = 2;

  private final LearningTask task;
  private final Sampler sampler;
  private final Optional<Pruner> pruner;
  private final long seed;
  private final List<FinishedTrial> finished = new ArrayList<>();
  private final Map<Integer, Map<Long, Double>> curves = new TreeMap<>();
  private final List<Training> open = new ArrayList<>();

  private static final class Training {
    final int number;
    final Configuration configuration;
    final Map<Long, Double> curve = new TreeMap<>();
    double least = Double.POSITIVE_INFINITY;
    int leastEpoch;
    int epoch;

    Training(int number, Configuration configuration) {
      this.number = number;
      this.configuration = configuration;
    }

    void learned(double loss) {
      curve.put((long) epoch, loss);
      if (loss < least) {
        least = loss;
        leastEpoch = epoch;
      }
    }
  }

  PrunedSearch(LearningTask task, Sampler sampler, Optional<Pruner> pruner, long seed) {
    this.task = task;
    this.sampler = sampler;
    this.pruner = pruner;
    this.seed = seed;
  }

  /** Epochs, of all trainings together, until a loss is at most {@code goal}; at most a limit. */
  int epochsUntil(double goal, int limit) {
    for (int epochs = 1; epochs <= limit; epochs++) {
      while (open.size() < PARALLEL) {
        start();
      }
      Training next = open.removeFirst();
      next.epoch++;
      double loss = task.loss(next.configuration, next.epoch, seed * 10_007 + next.number);
      if (loss <= goal) {
        return epochs;
      }
      next.learned(loss);
      goOn(next, loss);
    }
    return limit;
  }

  private void start() {
    int number = curves.size() + 1;
    List<Configuration> running = open.stream().map(training -> training.configuration).toList();
    History history = new History(finished, running);
    Training training = new Training(number, sampler.suggest(task.space(), seed, number, history));
    curves.put(number, training.curve);
    open.add(training);
  }

  private void goOn(Training training, double loss) {
    if (isPruned(training)) {
      finish(training, loss);
    } else if (training.epoch == EPOCHS || training.epoch - training.leastEpoch > PATIENCE) {
      finish(training, training.least);
    } else {
      open.add(training);
    }
  }

  private boolean isPruned(Training training) {
    if (pruner.isEmpty()) {
      return false;
    }
    Map<Integer, Map<Long, Double>> others = new TreeMap<>(curves);
    others.remove(training.number);
    return pruner.get().decide(training.number, training.epoch, training.curve, others).pruned();
  }

  private void finish(Training training, double loss) {
    finished.add(new FinishedTrial(training.number, training.configuration, List.of(loss), 0));
  }
}
