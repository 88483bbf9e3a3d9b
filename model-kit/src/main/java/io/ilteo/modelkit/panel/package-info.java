/**
 * Survey files to leak-proof tensors.
 *
 * <p>The way of the data, each step a package: {@code source} (files of every format as rows) →
 * {@code importing} (checks, exclusions) under a {@code mapping} → {@link
 * io.ilteo.modelkit.panel.Panel} → {@code store} → {@code fold} (protocol, window, three folds) →
 * {@code feature} (transforms fitted on the training fold, sequences). {@code synthetic} makes a
 * KLIPS-like file to start from.
 *
 * <pre>{@code
 * new SyntheticPanel(2_000, 7).writeCsv(file);
 * ImportedPanel imported = PanelImport.read(file, Mappings.named("klips-long"));
 * PanelStore.Saved saved = store.save(imported, "synthetic");
 * Panel panel = store.load(saved.panel().name());
 *
 * Folds folds = Folds.split(panel, WindowSpec.standard(), Protocol.NEW_PERSONS,
 *     TargetSelection.wage(panel.mapping()), seed);
 * FeatureTransform transform = FeatureTransform.fit(folds.training(), FeatureSet.PANEL_V1);
 * WageTransform wages = WageTransform.fit(folds.training(), WageScale.LOG);
 * Sequences train = transform.sequences(folds.training());
 * for (int i = 0; i < train.size(); i++) {
 *   train.copyInputs(i, batch, 0);                 // [steps × features]
 *   train.copyMask(i, mask, 0);                    // [steps]
 *   double z = wages.toModel(train.wage(i), train.priceLevel(i));
 * }
 * Sequences test = transform.sequences(folds.test().open(reading, record));
 * Sequences served = FeatureTransform.fromJson(transform.toJson()).sequences(histories);
 * }</pre>
 */
@NullMarked
package io.ilteo.modelkit.panel;

import org.jspecify.annotations.NullMarked;
