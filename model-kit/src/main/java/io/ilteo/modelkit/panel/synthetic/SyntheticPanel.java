package io.ilteo.modelkit.panel.synthetic;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A made-up KLIPS: persons with abilities, moods and careers, drawn so that wages, satisfaction and
 * their changes have the published moments. No record of a real person is in it.
 *
 * <p>Written in the {@code klips-long} layout, so that it goes through the real reader. The same
 * size and seed give the same bytes on every machine.
 */
public final class SyntheticPanel {
  /** Fewest and most persons. */
  public static final int MIN_PERSONS = 100;

  public static final int MAX_PERSONS = 100_000;

  private final int persons;
  private final long seed;

  /**
   * @param persons 100 to 100,000; 36,000 is the size of the real panel
   */
  public SyntheticPanel(int persons, long seed) {
    if (persons < MIN_PERSONS || persons > MAX_PERSONS) {
      throw new InvalidArgument(
          "Persons %d: expected %d to %d.".formatted(persons, MIN_PERSONS, MAX_PERSONS));
    }
    this.persons = persons;
    this.seed = seed;
  }

  /** Writes the panel as CSV in UTF-8; leaves {@code out} open. */
  public void writeCsv(OutputStream out) {
    List<SyntheticPerson> people = simulate();
    try {
      BufferedWriter writer =
          new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
      KlipsLongCsv csv = new KlipsLongCsv(writer);
      csv.header();
      for (SyntheticPerson person : people) {
        csv.person(person);
      }
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the panel as a CSV file. */
  public void writeCsv(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      writeCsv(out);
    }
  }

  private List<SyntheticPerson> simulate() {
    List<SyntheticPerson> people = new ArrayList<>(persons);
    for (int i = 0; i < persons; i++) {
      SyntheticPerson person = Recruitment.person(i, persons, seed);
      Career.live(person, Recruitment.entryOf(i, persons).entryYear());
      people.add(person);
    }
    Calibration.apply(people);
    return people;
  }
}
