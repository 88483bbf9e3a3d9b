package io.ilteo.modelkit.panel.importing;

/**
 * Rows or values that were left out for one reason.
 *
 * @param reason e.g. {@code duplicate_person_year}, {@code wage.not_a_wage}
 * @param count how many
 * @param firstPlace the first place where it happened, e.g. {@code klips26p.csv row 17}
 */
public record Exclusion(String reason, long count, String firstPlace) {}
