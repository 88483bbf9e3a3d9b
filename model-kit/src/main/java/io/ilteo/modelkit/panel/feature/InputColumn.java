package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.mapping.ColumnType;

/**
 * A panel column that inputs are made from.
 *
 * @param facet an aspect of satisfaction
 * @param descending whether a higher code means less
 */
public record InputColumn(String name, ColumnType type, boolean facet, boolean descending) {}
