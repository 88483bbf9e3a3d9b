package io.ilteo.cli.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be true of the database's record after everything that happened to it. */
final class RecordChecks {
  /** Of the budget: confirmations and imported trials are beside it. */
  private static final String COUNTED = "t.origin IN ('SAMPLER', 'ENQUEUED')";

  private final PlatformRecord platform;

  RecordChecks(PlatformRecord platform) {
    this.platform = platform;
  }

  /** All of them. */
  List<Check> all(List<StudyCase> cases, Map<String, Boolean> changes) throws SQLException {
    List<Check> checks = new ArrayList<>();
    checks.add(budgets(cases));
    checks.add(counters());
    checks.add(histories());
    checks.add(zombies());
    checks.add(attempts());
    checks.add(candidates("wage"));
    checks.add(candidates("satisfaction"));
    checks.add(acknowledged(changes));
    checks.add(auditChains());
    checks.add(aliasChain("wage"));
    checks.add(aliasChain("satisfaction"));
    return checks;
  }

  private Check budgets(List<StudyCase> cases) throws SQLException {
    Map<String, String> found = new HashMap<>();
    String sql =
        "SELECT s.id, s.state || ' ' || s.budget || ' ' || count(t.id) FROM tuner.study s"
            + " LEFT JOIN tuner.trial t ON t.study_id = s.id AND "
            + COUNTED
            + " AND t.state IN ('COMPLETED', 'PRUNED') GROUP BY s.id";
    platform.rows(sql).forEach(row -> found.put("studies/" + row.get(0), row.get(1)));
    List<String> wrong = new ArrayList<>();
    int trials = 0;
    for (StudyCase each : cases) {
      String wanted = "COMPLETED %d %d".formatted(each.budget(), each.budget());
      String is = found.getOrDefault(each.name(), "missing");
      trials += each.budget();
      if (!is.equals(wanted)) {
        wrong.add("%s is %s, not %s".formatted(each.name(), is, wanted));
      }
    }
    if (found.size() != cases.size()) {
      wrong.add("%d studies were asked for, there are %d".formatted(cases.size(), found.size()));
    }
    return new Check(
        "each study has exactly its budget of finished trials",
        wrong.isEmpty(),
        wrong.isEmpty()
            ? "%d studies, %d trials".formatted(cases.size(), trials)
            : String.join("; ", wrong));
  }

  private Check counters() throws SQLException {
    String sql =
        """
        SELECT count(*) FROM tuner.study s CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE t.state = 'COMPLETED') AS completed,
                 count(*) FILTER (WHERE t.state = 'PRUNED') AS pruned,
                 count(*) FILTER (WHERE t.state = 'FAILED') AS failed
            FROM tuner.trial t WHERE t.study_id = s.id AND t.origin IN ('SAMPLER', 'ENQUEUED')) c
         WHERE (s.completed, s.pruned, s.failed, s.running, s.in_flight)
               <> (c.completed, c.pruned, c.failed, 0, 0)
        """;
    return Check.none(
        "studies' counters are those of their trials", platform.number(sql), "studies");
  }

  /** A trial that was counted twice, or not, leaves a gap or a doublet in the history. */
  private Check histories() throws SQLException {
    String sql =
        """
        SELECT count(*) FROM (
          SELECT t.history_place, row_number() OVER (PARTITION BY t.study_id ORDER BY t.history_place) AS place
            FROM tuner.trial t WHERE t.history_place IS NOT NULL) h
         WHERE history_place <> place
        """;
    return Check.none(
        "no trial is counted twice: histories have neither gaps nor doublets",
        platform.number(sql),
        platform.number("SELECT count(*) FROM tuner.trial WHERE history_place IS NOT NULL")
            + " ended trials");
  }

  private Check zombies() throws SQLException {
    long running =
        platform.number(
            "SELECT (SELECT count(*) FROM tuner.trial WHERE state = 'RUNNING')"
                + " + (SELECT count(*) FROM tuner.attempt WHERE state = 'RUNNING')");
    return Check.none(
        "no attempt is left running",
        running,
        platform.number("SELECT count(*) FROM tuner.attempt") + " attempts");
  }

  /** The one that finished is the last, and what finished a trial is one attempt. */
  private Check attempts() throws SQLException {
    String sql =
        """
        SELECT count(*) FROM tuner.trial t WHERE t.state IN ('COMPLETED', 'PRUNED')
           AND (SELECT array_agg(a.number::int) FROM tuner.attempt a
                 WHERE a.trial_id = t.id AND a.state = 'FINISHED') IS DISTINCT FROM ARRAY[t.attempts::int]
        """;
    return Check.none(
        "each finished trial was finished by one attempt, its last",
        platform.number(sql),
        platform.number("SELECT count(*) FROM tuner.trial WHERE state IN ('COMPLETED', 'PRUNED')")
            + " finished trials");
  }

  /** A late attempt may have stored a network; none of those is a trial's result. */
  private Check candidates(String task) throws SQLException {
    String of =
        " FROM tuner.trial t JOIN tuner.study s ON s.id = t.study_id WHERE s.task = '%s' AND t.state = 'COMPLETED'";
    String sql =
        "SELECT count(*)"
            + of
            + """
               AND NOT EXISTS (SELECT 1 FROM %s.candidate c
                 WHERE 'candidates/' || c.id = t.candidate
                   AND c.attempt = format('studies/%%s/trials/%%s/attempts/%%s', t.study_id, t.number, t.attempts))
              """;
    return Check.none(
        "each " + task + " trial's network is of the attempt that finished it",
        platform.number(sql.formatted(task, task)),
        platform.number(("SELECT count(*)" + of).formatted(task)) + " completed trials");
  }

  /** What was acknowledged is on record, and nothing is on record twice. */
  private Check acknowledged(Map<String, Boolean> changes) throws SQLException {
    Map<String, Integer> rows = new HashMap<>();
    String sql =
        "SELECT reason, action, count(*) FROM tuner.audit_event WHERE reason LIKE 'chaos %'"
            + " GROUP BY reason, action";
    List<String> wrong = new ArrayList<>();
    for (List<String> row : platform.rows(sql)) {
      rows.merge(row.get(0), 1, Integer::sum);
      if (!row.get(2).equals("1")) {
        wrong.add("\"%s\" has %s rows of %s".formatted(row.get(0), row.get(2), row.get(1)));
      }
      if (!changes.containsKey(row.get(0))) {
        wrong.add("nobody asked for \"%s\"".formatted(row.get(0)));
      }
    }
    int acknowledged = 0;
    for (Map.Entry<String, Boolean> change : changes.entrySet()) {
      acknowledged += change.getValue() ? 1 : 0;
      // Starting what runs succeeds, and changes nothing that could be audited.
      boolean needsRow = change.getValue() && !change.getKey().endsWith(": start");
      if (needsRow && !rows.containsKey(change.getKey())) {
        wrong.add("\"%s\" was acknowledged and has no row".formatted(change.getKey()));
      }
    }
    return new Check(
        "each acknowledged change has its audit row, none has two",
        wrong.isEmpty(),
        wrong.isEmpty()
            ? "%d changes asked for, %d acknowledged".formatted(changes.size(), acknowledged)
            : String.join("; ", wrong));
  }

  /** Each change of state starts where the one before ended, and the last one is the study's. */
  private Check auditChains() throws SQLException {
    String sql =
        """
        WITH step AS (
          SELECT study_id, id, detail->>'from' AS was, detail->>'to' AS becomes,
                 lag(detail->>'to', 1, 'DRAFT') OVER (PARTITION BY study_id ORDER BY id) AS before,
                 row_number() OVER (PARTITION BY study_id ORDER BY id DESC) AS from_last
            FROM tuner.audit_event WHERE detail ? 'to')
        SELECT (SELECT count(*) FROM step WHERE was IS NOT NULL AND was <> before)
             + (SELECT count(*) FROM tuner.study s LEFT JOIN step ON step.study_id = s.id AND from_last = 1
                 WHERE s.state IS DISTINCT FROM becomes)
             + (SELECT count(*) FROM tuner.study s WHERE 1 <> (SELECT count(*) FROM tuner.audit_event e
                 WHERE e.study_id = s.id AND e.action = 'study.create'))
        """;
    return Check.none(
        "studies' audit rows tell their whole way from DRAFT to where they are",
        platform.number(sql),
        platform.number("SELECT count(*) FROM tuner.audit_event") + " audit rows");
  }

  private Check aliasChain(String task) throws SQLException {
    String sql =
        """
        WITH step AS (
          SELECT alias, from_version, to_version,
                 lag(to_version) OVER (PARTITION BY alias ORDER BY id) AS before,
                 row_number() OVER (PARTITION BY alias ORDER BY id DESC) AS from_last
            FROM %1$s.model_alias_event)
        SELECT (SELECT count(*) FROM step WHERE from_version IS DISTINCT FROM before)
             + (SELECT count(*) FROM %1$s.model_alias a LEFT JOIN step s ON s.alias = a.alias AND s.from_last = 1
                 WHERE a.version IS DISTINCT FROM s.to_version)
        """;
    return Check.none(
        "the " + task + " champion's audit rows tell its whole way",
        platform.number(sql.formatted(task)),
        platform.number("SELECT count(*) FROM %s.model_alias_event".formatted(task))
            + " changes of champion");
  }
}
