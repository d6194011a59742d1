"""A Modbus RTU slave made by others (pymodbus), at the serial port of the first argument. Prints READY.

Unit 1: registers 0 to 5 are 235, 1013, 65531 (-5) and, from 3 on, 16.38 as a float32; 5 is 32767.
"""

import asyncio
import sys

from pymodbus import FramerType
from pymodbus.server import StartAsyncSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

registers = [235, 1013, 65531, 0x4183, 0x0A3D, 32767]


async def main() -> None:
    unit = SimDevice(id=1, simdata=[SimData(address=0, values=registers, datatype=DataType.REGISTERS)])
    print("READY", flush=True)
    await StartAsyncSerialServer(context=unit, framer=FramerType.RTU, port=sys.argv[1], baudrate=9600)


asyncio.run(main())
