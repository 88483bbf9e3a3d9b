package io.ilteo.tuner.persistence;

import static io.ilteo.tuner.persistence.Rows.STUDY_COLUMNS;
import static io.ilteo.tuner.persistence.Rows.STUDY_FROM;

import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.study.StudyId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What decides a claim, read in one round trip under the study's lock.
 *
 * @param study the study as it is now
 * @param lastNumber number of its last trial; only who holds the lock takes the next
 * @param running attempts that run now, confirmations included
 * @param waiting whether a trial waits, confirmations included
 * @param repeated whether there may be a lease that an earlier call of the same request got
 * @param news what is new of the history
 */
record Claim(
    Study study,
    int lastNumber,
    int running,
    boolean waiting,
    boolean repeated,
    Histories.News news) {

  /** Serialises suggestions of one study over all replicas; completions are not held up by it. */
  static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('ilteo.study', ?))";

  private static final String STATE =
      "SELECT "
          + STUDY_COLUMNS
          + """
            , s.last_number,
            (SELECT count(*) FROM trial WHERE study_id = s.id AND state = 'RUNNING') AS leased,
            EXISTS (SELECT FROM trial WHERE study_id = s.id AND state = 'WAITING') AS has_waiting,
            EXISTS (SELECT FROM attempt WHERE request_id = ?) AS repeated
            FROM
            """
          + STUDY_FROM
          + " WHERE s.id = ?";

  /**
   * Takes the study's lock until the transaction ends, and reads. The lock is a statement of its
   * own: what follows must see what its last holder committed.
   */
  static final String STATEMENTS = Together.of(LOCK, STATE, Histories.NEWS);

  /** Runs {@link #STATEMENTS}. */
  static Claim begin(
      Connection connection, StudyId id, Optional<String> requestId, Histories histories)
      throws SQLException {
    long known = histories.readTo(id);
    try (PreparedStatement select = connection.prepareStatement(STATEMENTS)) {
      bind(select, 1, id, requestId, known);
      return read(select, Together.execute(select), id, known);
    }
  }

  /**
   * Binds {@link #STATEMENTS}.
   *
   * @param known the place up to which the study's history is known
   */
  static void bind(
      PreparedStatement select, int first, StudyId id, Optional<String> requestId, long known)
      throws SQLException {
    select.setLong(first, id.value());
    select.setString(first + 1, requestId.orElse(null));
    select.setLong(first + 2, id.value());
    Histories.bindNews(select, first + 3, id, known);
  }

  /**
   * Reads what {@link #STATEMENTS} answered.
   *
   * @param locked the answer of the first, which is not read
   */
  static Claim read(PreparedStatement select, ResultSet locked, StudyId id, long known)
      throws SQLException {
    locked.close();
    ResultSet row = Together.nextRows(select);
    if (!row.next()) {
      throw new NotFound("there is no " + id.name());
    }
    Study study = Rows.study(row);
    return new Claim(
        study,
        row.getInt("last_number"),
        row.getInt("leased"),
        row.getBoolean("has_waiting"),
        row.getBoolean("repeated"),
        Histories.news(study, known, Together.nextRows(select)));
  }

  /** Takes the study's lock until the transaction ends. */
  static void lock(Connection connection, StudyId id) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setLong(1, id.value());
      lock.execute();
    }
  }
}
