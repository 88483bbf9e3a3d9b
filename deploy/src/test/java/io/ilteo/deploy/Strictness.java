package io.ilteo.deploy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;

/** Finds what fabric8's types keep but do not know. */
final class Strictness {
  private Strictness() {}

  /** Empties every {@code additionalProperties} map in a value's whole tree. */
  static void clearAdditional(Object value) {
    if (value instanceof Collection<?> items) {
      items.forEach(Strictness::clearAdditional);
    } else if (value instanceof Map<?, ?> entries) {
      entries.values().forEach(Strictness::clearAdditional);
    } else if (value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
      for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
        clearFields(value, type);
      }
    }
  }

  private static void clearFields(Object value, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      field.setAccessible(true);
      try {
        Object child = field.get(value);
        if (child instanceof Map<?, ?> map && field.getName().equals("additionalProperties")) {
          map.clear();
        } else if (child != null && !field.getType().isEnum()) {
          clearAdditional(child);
        }
      } catch (IllegalAccessException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
