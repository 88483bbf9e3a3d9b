package io.ilteo.tuner.web;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.wire.Json;
import io.ilteo.tuner.wire.Messages;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Sends a study to a browser whenever it has changed. */
@Singleton
public class StudyEvents {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final StudyStore studies;

  public StudyEvents(StudyStore studies) {
    this.studies = studies;
  }

  /** Follows on a thread of its own until the study ends or the browser goes. */
  void follow(Study first, SseEventSink sink, Sse sse) {
    Thread.ofVirtual().name("events-" + first.id().value()).start(() -> loop(first, sink, sse));
  }

  private void loop(Study first, SseEventSink sink, Sse sse) {
    try (sink) {
      Study sent = first;
      send(sent, sink, sse);
      while (!sink.isClosed() && !sent.state().hasEnded()) {
        Thread.sleep(PAUSE);
        Study now = studies.get(first.id());
        if (!now.equals(sent)) {
          send(now, sink, sse);
          sent = now;
        }
      }
    } catch (DomainException | CompletionException gone) {
      // The study was deleted, the database is away or the browser has gone: it connects again.
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Study study, SseEventSink sink, Sse sse) {
    sink.send(sse.newEvent("study", Json.write(Messages.study(study))))
        .toCompletableFuture()
        .join();
  }
}
