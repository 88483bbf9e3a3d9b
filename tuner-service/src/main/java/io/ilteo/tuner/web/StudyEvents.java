package io.ilteo.tuner.web;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.wire.Json;
import io.ilteo.tuner.wire.Messages;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends a study to a browser whenever it has changed. */
@Singleton
public class StudyEvents {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ROUNDS = 7_200;
  private static final int NEWEST = 100;
  private static final StudyStore.Filter EVERY = new StudyStore.Filter(Set.of(), "", "", "");

  private final StudyStore studies;
  private final TrialReader trials;

  public StudyEvents(StudyStore studies, TrialReader trials) {
    this.studies = studies;
    this.trials = trials;
  }

  /**
   * Follows on a thread of its own until the browser goes, or for an hour: then it connects again.
   */
  void follow(Study first, SseEventSink sink, Sse sse) {
    StudyId id = first.id();
    watch(
        "events-" + id.value(),
        sink,
        () -> new Seen(studies.get(id), trials.confirmations(id)),
        seen -> deliver(sse.newEvent("study", Json.write(seen.message())), sink));
  }

  /** A study with the seeds of its winners: they run on after it has ended. */
  private record Seen(Study study, List<Confirmation> confirmations) {
    io.ilteo.proto.tuner.v1.Study message() {
      return Messages.study(study, confirmations);
    }
  }

  /** Tells whenever any of the newest studies has changed, without saying what. */
  void followAll(SseEventSink sink, Sse sse) {
    watch(
        "events",
        sink,
        () -> studies.list(EVERY, Long.MAX_VALUE, NEWEST),
        list -> deliver(sse.newEvent("changed", Integer.toString(list.size())), sink));
  }

  private static <T> void watch(
      String name, SseEventSink sink, Supplier<T> read, Consumer<T> changed) {
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try (sink) {
                T sent = read.get();
                changed.accept(sent);
                for (int i = 0; i < ROUNDS && !sink.isClosed(); i++) {
                  Thread.sleep(PAUSE);
                  T now = read.get();
                  if (!now.equals(sent)) {
                    changed.accept(now);
                    sent = now;
                  }
                }
              } catch (DomainException | CompletionException | IllegalStateException gone) {
                // The study was deleted, the database is away or the browser has gone: a sink that
                // was closed since it was asked says so by IllegalStateException.
                return;
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static void deliver(OutboundSseEvent event, SseEventSink sink) {
    sink.send(event).toCompletableFuture().join();
  }
}
