import { expect, test } from 'vitest';
import { loadSensorType } from './sensor-type.ts';

test('finds the sensor types of the protocol', async () => {
  const type = await loadSensorType('groundwater');
  expect(type.properties.map((property) => property.name)).toContain('water_level');
});

test.each(['ground', '../package', ''])(
  'the unknown type "%s" is refused with the known ones',
  async (name) => {
    await expect(loadSensorType(name)).rejects.toMatchObject({
      code: 'SENSOR_TYPE_UNKNOWN',
      message: expect.stringContaining('groundwater'),
    });
  },
);
